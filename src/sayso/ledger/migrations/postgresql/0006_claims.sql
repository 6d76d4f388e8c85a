-- Claims are found by other keys and compared otherwise: they are looked for anew.
DELETE FROM claim_key;
DELETE FROM same_claim;
DELETE FROM copy WHERE how = 'rewrite';
