select tenant, machine_action_id, command_index from request where lease_owner = :owner and state = 'claimed'
