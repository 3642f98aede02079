"""The hooks of the contract, one file each: semantics, validation and messages, for every front end alike."""
