insert into delivery (tenant, machine_action_id, command_index, sink, attempt_began_at, attempt_owner)
values (:tenant, :machine_action_id, :command_index, :sink, :now, :owner)
on conflict (tenant, machine_action_id, command_index, sink) do update
set attempt_began_at = excluded.attempt_began_at, attempt_owner = excluded.attempt_owner
