"""What pages of other rooms show of accounts."""
