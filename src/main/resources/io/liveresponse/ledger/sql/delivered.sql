-- A host may deliver results of its own, which the ledger does not know: of those it keeps no record.
insert into delivery (tenant, machine_action_id, command_index, sink, reference, delivered_at)
select tenant, machine_action_id, command_index, cast(:sink as varchar(64)), cast(:reference as varchar(2000)), :now
from request
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
on conflict (tenant, machine_action_id, command_index, sink) do update
set delivered_at = excluded.delivered_at, reference = coalesce(excluded.reference, delivery.reference),
    attempt_began_at = null, attempt_owner = null
where delivery.delivered_at is null
