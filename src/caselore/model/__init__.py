"""The vocabulary: plain immutable values that every other room speaks in; it imports none of them."""
