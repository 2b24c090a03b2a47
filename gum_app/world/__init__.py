"""The machine: one Protocol per part, the real hands, and one fake each that passes the same contract test."""
