"""Rows: tables, the transaction, and the projection of a step into rows."""
