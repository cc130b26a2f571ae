"""Patients like mine: structured agreement joined with text relevance, each hit with its reasons."""
