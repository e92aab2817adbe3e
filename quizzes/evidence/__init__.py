"""What an answer says about which way somebody errs, kept in one form for every surface it was given on."""
