"""Events out of a site whole, and events of other systems in (docs/exchange.md)."""
