/** `npm run serve`: the service in production mode, whatever the environment says. Set here, in no shell's own syntax. */
process.env['NODE_ENV'] = 'production';
await import('./main.ts');
