"""An attempt as its person sees it: `open_sheet` before it is handed in, `graded_sheet` after.

Pages and API show the same sheets. Nothing about answer keys is imported by `open_sheet`.
"""
