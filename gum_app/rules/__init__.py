"""Pure decisions about the nouns. Nothing here touches the machine, the disk or the clock."""
