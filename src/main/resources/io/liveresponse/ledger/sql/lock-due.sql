select accepted_no, lane from request where accepted_no in (:numbers) for update skip locked
