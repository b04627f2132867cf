"""News of sites, told to an address of the operator's by signed requests, each at least once."""
