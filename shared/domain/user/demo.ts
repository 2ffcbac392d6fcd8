/** Demo accounts share it and work in demo mode only, from this machine only; hence it is no secret. */
export const DEMO_PASSWORD = 'loopdesk-demo'
