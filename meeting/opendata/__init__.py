"""What is public as open data: OParl and Akoma Ntoso."""
