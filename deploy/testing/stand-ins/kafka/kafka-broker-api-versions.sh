#!/bin/bash
# --bootstrap-server HOST:PORT
exec nc -z "${2%:*}" "${2##*:}"
