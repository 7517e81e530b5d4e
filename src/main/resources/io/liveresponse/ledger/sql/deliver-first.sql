insert into delivery (tenant, machine_action_id, command_index, sink, reference, delivered_at)
values (:tenant, :machine_action_id, :command_index, :sink, :reference, :now)
on conflict do nothing
