"""How good the product is on rows that people bring: metrics (pure), and a runner for each kind of row."""
