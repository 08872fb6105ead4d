"""The tries that once broke a server of ours, each repeated against one that it starts itself on the loopback."""
