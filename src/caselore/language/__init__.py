"""What words say, whatever the topic: terms, quantities, times, assertion."""
