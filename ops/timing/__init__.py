"""Cron fire times, relative windows and shift calendars; time is always an argument."""
