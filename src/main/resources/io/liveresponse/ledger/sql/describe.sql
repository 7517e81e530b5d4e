update request
set command_type = :command_type, script_name = :script_name, file_path = :file_path, device_id = :device_id,
    device_name = :device_name, requestor = :requestor, comment = :comment, action_failure = :action_failure,
    action_created_at = :action_created_at
where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index
  and state = 'claimed' and lease_owner = :owner
