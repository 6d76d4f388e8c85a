"""The exports of press databases (Factiva, Nexis): one document → the articles in it."""
