"""How much the site bears: crowds of a sales team, made up, on the real processes."""
