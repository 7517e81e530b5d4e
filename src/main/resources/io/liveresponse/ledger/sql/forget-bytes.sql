update request set spool_path = null, spool_node = null where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
