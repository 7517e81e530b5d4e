insert into delivery (tenant, machine_action_id, command_index, sink, reference, delivered_at)
values (:tenant, :machine_action_id, :command_index, :sink, :reference, :now)
on conflict (tenant, machine_action_id, command_index, sink) do update
set delivered_at = excluded.delivered_at, reference = coalesce(excluded.reference, delivery.reference),
    attempt_began_at = null, attempt_owner = null
where delivery.delivered_at is null
