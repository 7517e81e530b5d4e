insert into event (tenant, machine_action_id, command_index, happened_at, kind, detail)
values (:tenant, :machine_action_id, :command_index, :now, :kind, :detail)
