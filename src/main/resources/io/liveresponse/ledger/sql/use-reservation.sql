update request set link_reserved = false where tenant = :tenant and machine_action_id = :machine_action_id and command_index = :command_index and link_reserved
