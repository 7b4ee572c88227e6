"""Speed, as ratios against what is run beside it. `python -m bench [--quick] [--json]`.

Each figure stands beside a floor (the same rows written by bare SQL in one durable transaction) and beside stock
SpiffWorkflow with its own serializer, measured in the same run on the same machine: trust the ratios.
"""
