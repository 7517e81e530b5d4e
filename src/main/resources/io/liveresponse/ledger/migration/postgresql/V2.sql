-- Runs. The same tables as in sqlite/V2.sql, which differ in types alone.

-- Commands to run on many devices. commands: as the API takes them, in JSON. script_sha256: the script's in the library when the run was
-- recorded, null if it is not fixed. state: running, finished or cancelled. stop_reason: why no further device is started; stop_as:
-- how those that wait end.
create table run (
    run_id        varchar(36) primary key,
    tenant        varchar(63) collate "C" not null,
    commands      text not null,
    script_name   varchar(500),
    script_sha256 varchar(64),
    comment       varchar(1000) not null,
    state         varchar(9) not null,
    created_at    timestamp(6) with time zone not null,
    deadline      timestamp(6) with time zone not null,
    stop_reason   varchar(1000),
    stop_as       varchar(12),
    ended_at      timestamp(6) with time zone
);

-- One device of a run. state: waiting, starting (the call to start it began, its answer is not known), running or ended.
-- comment_key: what the comment of the current call holds, so that its action can be found. late_end: how it ends if the deadline
-- passes while it waits. cancel_reason: why this product cancels the current action. ended_as is set once.
create table run_device (
    run_id            varchar(36) not null references run on delete cascade,
    machine_id        varchar(40) not null,
    device_no         integer not null,
    device_name       varchar(500),
    state             varchar(8) not null,
    next_attempt_at   timestamp(6) with time zone not null,
    starts            integer not null,
    comment_key       varchar(80),
    attempt_began_at  timestamp(6) with time zone,
    machine_action_id varchar(36),
    action_created_at timestamp(6) with time zone,
    action_status     varchar(40),
    cancel_reason     varchar(12),
    cancel_asked_at   timestamp(6) with time zone,
    late_end          varchar(12) not null,
    ended_as          varchar(12),
    reason            varchar(2000),
    ended_at          timestamp(6) with time zone,
    primary key (run_id, machine_id)
);

-- what is to be started, and what is followed
create index run_device_open on run_device (state, next_attempt_at) where state <> 'ended';
create index run_device_action on run_device (machine_action_id);
create index run_state on run (state, created_at);
