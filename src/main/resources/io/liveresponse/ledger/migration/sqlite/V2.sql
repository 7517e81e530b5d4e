-- Runs. The same tables as in postgresql/V2.sql, which differ in types alone.

-- Commands to run on many devices. commands: as the API takes them, in JSON. script_sha256: the script's in the library when the run was
-- recorded, null if it is not fixed. state: running, finished or cancelled. stop_reason: why no further device is started; stop_as:
-- how those that wait end.
create table run (
    run_id        text primary key,
    tenant        text not null,
    commands      text not null,
    script_name   text,
    script_sha256 text,
    comment       text not null,
    state         text not null,
    created_at    text not null,
    deadline      text not null,
    stop_reason   text,
    stop_as       text,
    ended_at      text
) strict;

-- One device of a run. state: waiting, starting (the call to start it began, its answer is not known), running or ended.
-- comment_key: what the comment of the current call holds, so that its action can be found. late_end: how it ends if the deadline
-- passes while it waits. cancel_reason: why this product cancels the current action. ended_as is set once.
create table run_device (
    run_id            text not null references run on delete cascade,
    machine_id        text not null,
    device_no         integer not null,
    device_name       text,
    state             text not null,
    next_attempt_at   text not null,
    starts            integer not null,
    comment_key       text,
    attempt_began_at  text,
    machine_action_id text,
    action_created_at text,
    action_status     text,
    cancel_reason     text,
    cancel_asked_at   text,
    late_end          text not null,
    ended_as          text,
    reason            text,
    ended_at          text,
    primary key (run_id, machine_id)
) strict;

-- what is to be started, and what is followed
create index run_device_open on run_device (state, next_attempt_at) where state <> 'ended';
create index run_device_action on run_device (machine_action_id);
create index run_state on run (state, created_at);
