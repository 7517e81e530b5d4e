insert into link_call (tenant, called_at, machine_action_id, command_index)
values (:tenant, :now, :machine_action_id, :command_index)
