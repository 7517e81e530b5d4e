insert into request (tenant, machine_action_id, command_index, state, lane, attempts, claims, next_attempt_at, accepted_at, link_reserved,
                     command_type, script_name, file_path, device_id, device_name, requestor, comment, action_failure, action_created_at, outcome)
values (:tenant, :machine_action_id, :command_index, 'due', :lane, 0, 0, :now, :now, false,
        :command_type, :script_name, :file_path, :device_id, :device_name, :requestor, :comment, :action_failure, :action_created_at, :outcome)
on conflict do nothing
