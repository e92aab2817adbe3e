"""Settings, addresses and the embedded servers."""
