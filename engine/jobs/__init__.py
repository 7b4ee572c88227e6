"""What Jalon does by itself: timers, reminders, messages, batches (docs/explanation/jobs.md).

queue       a job is enqueued in the transaction of its act, and worked by a runtime; the only import of DBOS
handlers    what each job does: a command
daily       the reminders of a working day
batches     a batch goes on from where it stands
sending     messages leave
due         all that is due now, without a runtime
sweep       timers whose hour has come become jobs
failures    a job that fails is tried again, then dead until it is restarted
workers     the processes that work jobs: a name each, a sign of life
runner      all of it, in one process
"""
