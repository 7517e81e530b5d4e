select happened_at, kind, detail from event where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index order by event_no
