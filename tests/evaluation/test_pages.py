from __future__ import annotations

from enablement.evaluation.pages import page_texts


def test_a_page_is_read_without_its_marks_tables_code_and_pictures() -> None:
    read = "# A *title*\n\nOne `make run`,\nand [done](a.md).\n\n- an item\n"
    left_out = "\n![x](y.png)\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|c|d|\n"
    assert list(page_texts(read + left_out)) == ["A title", "One make run, and done.", "an item"]
