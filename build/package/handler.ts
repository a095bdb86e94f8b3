// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- what declares a pattern of modules cannot be imported
/// <reference path="../../src/handler/routes/page.d.ts" />
// What `served-by/handler` is: the part of src/handler that is meant for others.
export { createHandler, type Handler, type HandlerOptions } from '../../src/handler/index.ts'
export type { Connection } from '../../src/handler/connection.ts'
export type { Build, Place, Replica, State } from '../../src/handler/replica.ts'
