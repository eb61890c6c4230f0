"""Move out: the blog in formats that others read, with its pictures.

``comments.exporting`` brings the conversations, as ``comments`` may know ``blog`` and
not the other way round: each format is given an object with two methods, each of which
takes a list of posts and returns a list for each post that has something, by its key.

- ``whole(posts)``: every comment and mention as ``importing.wxr.ItemComment``;
- ``public(posts)``: what anyone may read, as plain data for JSON.
"""
