"""Every page of a running site, looked at: pictures, what axe says, how fast it is on a slow phone."""
