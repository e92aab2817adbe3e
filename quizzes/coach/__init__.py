"""Coach mode: a buyer tells a situation, the rep says what kind of problem it is and what to say."""
