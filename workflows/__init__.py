"""The methods that Jalon ships: one folder a method, drawn in BPMN 2.0; data to read, nothing to import."""
