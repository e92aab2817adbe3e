"""The whole store: is it consistent, out to a folder, and back."""
