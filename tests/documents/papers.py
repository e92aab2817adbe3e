"""Papers to read in."""

PAPER = """\
# Kettles

A kettle heats water.

## Whistling kettle

What it is: A kettle with a whistle in its spout.

What it does: It tells the kitchen that the water boils.

Where it comes from: It was sold in Sheffield first.

What makes it distinct: No other kettle can be heard in the garden.

## What to say

| Don't say | Do say | Why it matters |
|---|---|---|
| "Our kettles never fail" | "Our kettles are tested every month" | Everything fails once |

## Terms

| Term | Meaning |
|---|---|
| Spout | Where the water comes out |
| Lid | What keeps the steam in |
"""
