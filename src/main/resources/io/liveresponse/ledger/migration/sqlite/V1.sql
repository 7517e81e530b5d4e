-- The same tables as in postgresql/V1.sql, which differ in types alone. Times are text in UTC: 2026-03-01T08:00:00.000000Z.

create table tenant (
    name         text primary key,
    paused_until text,
    pause_reason text
) strict;

-- command_index: -1 for a request that stands for a whole action.
-- lane: where a claim looks. fresh and retry need a link call, deliver does not, action is a whole action to be asked about,
-- claimed is somebody's, ended is nobody's.
-- next_attempt_at: from when the row may be claimed; while it is claimed, the end of its lease.
-- claims: how often it was claimed since its last settlement; grows if the process ends or its lease does.
-- spool_node: the node on whose disk spool_path is.
-- link_reserved: claimed for a link call that has not been made yet, so the next claim leaves room for it.
create table request (
    accepted_no       integer primary key autoincrement,
    tenant            text not null,
    machine_action_id text not null,
    command_index     integer not null,
    state             text not null,
    lane              text not null,
    attempts          integer not null,
    claims            integer not null,
    next_attempt_at   text not null,
    accepted_at       text not null,
    ended_at          text,
    lease_owner       text,
    lease_end         text,
    link_reserved     integer not null,
    command_type      text,
    script_name       text,
    file_path         text,
    device_id         text,
    device_name       text,
    requestor         text,
    comment           text,
    action_created_at text,
    outcome           text,
    exit_code         integer,
    sha256            text,
    size_bytes        integer,
    spool_path        text,
    spool_node        text,
    offered_file_name text,
    received_at       text,
    error_stage       text,
    error_code        text,
    error_text        text,
    error_target      text,
    unique (tenant, machine_action_id, command_index)
) strict;

-- lane first, as for PostgreSQL
create index request_claim on request (lane, tenant, next_attempt_at, accepted_no);
create index request_lease on request (lease_owner);
-- which tenants have anything that is or will be due
create index request_open on request (tenant, next_attempt_at) where lane <> 'ended';
create index request_ended on request (state, ended_at, tenant);

-- delivered_at is null if a replay asks for the sink again; the reference stays, so that nothing is opened twice.
-- attempt_began_at: the sink is being called, or was when the run attempt_owner ended; null once it is known what became of it.
create table delivery (
    tenant            text not null,
    machine_action_id text not null,
    command_index     integer not null,
    sink              text not null,
    reference         text,
    delivered_at      text,
    attempt_began_at  text,
    attempt_owner     text,
    primary key (tenant, machine_action_id, command_index, sink),
    foreign key (tenant, machine_action_id, command_index) references request (tenant, machine_action_id, command_index)
        on delete cascade
) strict;

-- A row for each quota that was ever used: the tenant's id at the API, which several names in the settings may share.
create table quota (
    quota_key text primary key
) strict;

-- The calls that the windows hold, for each kind of call. call_no counts the calls of one quota and kind without gaps, and never
-- falls as called_at rises, so two numbers tell how many calls lie between. No reference to request: a call counts whatever
-- becomes of the request.
create table api_call (
    quota_key text    not null,
    kind      text    not null,
    called_at text    not null,
    call_no   integer not null,
    primary key (quota_key, kind, called_at, call_no)
) strict, without rowid;

create table event (
    event_no          integer primary key autoincrement,
    tenant            text not null,
    machine_action_id text not null,
    command_index     integer not null,
    happened_at       text not null,
    kind              text not null,
    detail            text,
    foreign key (tenant, machine_action_id, command_index) references request (tenant, machine_action_id, command_index)
        on delete cascade
) strict;

create index event_timeline on event (tenant, machine_action_id, command_index, event_no);
