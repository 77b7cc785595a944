"""What is true without screen or network: rules, journal, storage, actions, queries."""
