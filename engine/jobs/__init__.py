"""What Jalon does by itself: timers, reminders, messages, batches (docs/explanation/jobs.md).

queue       a job is enqueued in the transaction of its act; the only import of DBOS
"""
