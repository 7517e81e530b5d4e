-- The same tables as in sqlite/V1.sql, which differ in types alone. Tenants sort by their characters' codes, as in Java and SQLite.

create table tenant (
    name         varchar(63) collate "C" primary key,
    paused_until timestamp(6) with time zone,
    pause_reason varchar(500)
);

-- command_index: -1 for a request that stands for a whole action.
-- lane: where a claim looks. fresh and retry need a link call, deliver does not, action is a whole action to be asked about,
-- claimed is somebody's, ended is nobody's.
-- next_attempt_at: from when the row may be claimed; while it is claimed, the end of its lease.
-- claims: how often it was claimed since its last settlement; grows if the process ends or its lease does.
-- spool_node: the node on whose disk spool_path is.
-- link_reserved: claimed for a link call that has not been made yet, so the next claim leaves room for it.
create table request (
    accepted_no       bigint generated always as identity unique,
    tenant            varchar(63) collate "C" not null,
    machine_action_id varchar(36)  not null,
    command_index     integer      not null,
    state             varchar(9)   not null,
    lane              varchar(7)   not null,
    attempts          integer      not null,
    claims            integer not null,
    next_attempt_at   timestamp(6) with time zone not null,
    accepted_at       timestamp(6) with time zone not null,
    ended_at          timestamp(6) with time zone,
    lease_owner       varchar(200),
    lease_end         timestamp(6) with time zone,
    link_reserved     boolean      not null,
    command_type      varchar(32),
    script_name       varchar(500),
    file_path         varchar(2000),
    device_id         varchar(200),
    device_name       varchar(500),
    requestor         varchar(320),
    comment           varchar(4000),
    action_created_at timestamp(6) with time zone,
    outcome           varchar(32),
    exit_code         integer,
    sha256            varchar(64),
    size_bytes        bigint,
    spool_path        varchar(4000),
    spool_node        varchar(200),
    offered_file_name varchar(1000),
    received_at       timestamp(6) with time zone,
    error_stage       varchar(16),
    error_code        varchar(40),
    error_text        varchar(2000),
    error_target      varchar(200),
    primary key (tenant, machine_action_id, command_index)
);

-- lane first: led by tenant, PostgreSQL without statistics takes this index for look-ups by key and reads the whole tenant
create index request_claim on request (lane, tenant, next_attempt_at, accepted_no);
create index request_lease on request (lease_owner);
-- which tenants have anything that is or will be due
create index request_open on request (tenant, next_attempt_at) where lane <> 'ended';
create index request_ended on request (state, ended_at, tenant);

-- delivered_at is null if a replay asks for the sink again; the reference stays, so that nothing is opened twice.
-- attempt_began_at: the sink is being called, or was when the run attempt_owner ended; null once it is known what became of it.
create table delivery (
    tenant            varchar(63) collate "C" not null,
    machine_action_id varchar(36)   not null,
    command_index     integer       not null,
    sink              varchar(64)   not null,
    reference         varchar(2000),
    delivered_at      timestamp(6) with time zone,
    attempt_began_at  timestamp(6) with time zone,
    attempt_owner     varchar(200),
    primary key (tenant, machine_action_id, command_index, sink),
    foreign key (tenant, machine_action_id, command_index) references request on delete cascade
);

-- A row for each quota that was ever used: the tenant's id at the API, which several names in the settings may share.
-- Exists to be locked.
create table quota (
    quota_key varchar(200) primary key
);

-- The calls that the windows hold, for each kind of call. call_no counts the calls of one quota and kind without gaps, and never
-- falls as called_at rises, so two numbers tell how many calls lie between. No reference to request: a call counts whatever
-- becomes of the request.
create table api_call (
    quota_key varchar(200) not null,
    kind      varchar(8)   not null,
    called_at timestamp(6) with time zone not null,
    call_no   bigint       not null,
    primary key (quota_key, kind, called_at, call_no)
);

create table event (
    event_no          bigint generated always as identity primary key,
    tenant            varchar(63) collate "C" not null,
    machine_action_id varchar(36)  not null,
    command_index     integer      not null,
    happened_at       timestamp(6) with time zone not null,
    kind              varchar(16)  not null,
    detail            varchar(2000),
    foreign key (tenant, machine_action_id, command_index) references request on delete cascade
);

create index event_timeline on event (tenant, machine_action_id, command_index, event_no);
