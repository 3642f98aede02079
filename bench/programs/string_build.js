function main() { let s = ''; for (let i = 0; i < 10000; i++) s += 'item ' + i + ', '; return s.length }
