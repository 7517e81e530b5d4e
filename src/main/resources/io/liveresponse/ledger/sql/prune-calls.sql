delete from api_call where called_at < :before
