update request
set outcome = null, exit_code = null, sha256 = null, size_bytes = null, spool_path = null, spool_node = null, offered_file_name = null, received_at = null
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
