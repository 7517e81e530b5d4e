update request set spool_path = null where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
